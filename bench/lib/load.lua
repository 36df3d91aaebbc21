-- What wrk asks for, by LOAD: "same" one address, "range" 64 KiB anywhere in a file of SIZE bytes,
-- "view" a period of SPAN days after FIRST (seconds) that was hardly asked about before.

local load, size = os.getenv("LOAD"), tonumber(os.getenv("SIZE"))
local span, first = tonumber(os.getenv("SPAN")), tonumber(os.getenv("FIRST"))
local DAY, PIECE = 86400, 65536
local SEGMENTS = { "", "&segment=High+Value", "&segment=Medium+Value", "&segment=Low+Value" }

math.randomseed(os.time())

local function day(number)
  return os.date("!%Y-%m-%d", first + number * DAY)
end

function request()
  if load == "range" then
    local start = math.random(0, size - PIECE)
    local range = ("bytes=%d-%d"):format(start, start + PIECE - 1)
    return wrk.format("GET", nil, { Range = range })
  end
  if load == "view" then
    local from = math.random(0, span - 2)
    local to = math.random(from + 1, span - 1)
    local segment = SEGMENTS[math.random(#SEGMENTS)]
    return wrk.format("GET", ("%s?from=%s&to=%s%s"):format(wrk.path, day(from), day(to), segment))
  end
  return wrk.format("GET", nil)
end

function done(summary, latency)
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.timeout
  print(("JSON {\"requests\":%d,\"microseconds\":%d,\"p50\":%d,\"p99\":%d,\"lost\":%d,\"refused\":%d}"):format(
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), lost, errors.status))
end
