MIN(
        date(first, 'start of month', '-' || back || ' months', '+' || (strftime('%d', first) - 1) || ' days'),
        date(first, 'start of month', '-' || (back - 1) || ' months', '-1 day')
      ) AS first_back,
      MIN(
        date(last, 'start of month', '-' || back || ' months', '+' || (strftime('%d', last) - 1) || ' days'),
        date(last, 'start of month', '-' || (back - 1) || ' months', '-1 day')
      ) AS last_back,
      date(last, 'start of month', '-' || (back - 1) || ' months', '-1 day') AS last_closed
