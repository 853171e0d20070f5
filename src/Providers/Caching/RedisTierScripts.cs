namespace Armature.Caching;

/// <summary>
/// What must happen in Redis in one step. The state of a partition is a hash: <c>e</c> the last epoch, <c>o</c> who answers for the
/// partition (empty when it was released to nobody) and <c>a</c> since which epoch, <c>v</c> below which epoch entries count no more, <c>r</c>
/// the run of Redis that all this is true for, and a field for each barrier, <c>b</c> and its name.
/// </summary>
internal static class RedisTierScripts
{
    // Redis' own name for each start of its process: after a restart or a failover its last writes may be missing.
    private const string Run = """
        local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')

        """;

    /// <summary>KEYS: state, beginning of the owners' keys. ARGV: owner, expected epoch or nothing. Gives epoch, run, void, last owner, its epoch, its witnesses, whether there was one, and pairs of a barrier and its version; nothing when it is refused.</summary>
    public const string Open = Run + """
        local state = KEYS[1]
        local last = redis.call('HGET', state, 'e')
        if ARGV[2] ~= '' and last and last ~= ARGV[2] then return {} end
        local time = redis.call('TIME')
        local epoch = time[1] * 1000 + math.floor(time[2] / 1000)
        if last then epoch = math.max(epoch, tonumber(last) + 1) end
        epoch = string.format('%.0f', epoch)
        if redis.call('HGET', state, 'r') ~= run then
          redis.call('DEL', state)
          redis.call('HSET', state, 'e', epoch, 'o', ARGV[1], 'a', epoch, 'v', epoch, 'r', run)
          return {epoch, run, epoch, '', '0', '', 0}
        end
        redis.call('HSET', state, 'e', epoch)
        local owner = redis.call('HGET', state, 'o')
        local reply = {epoch, run, redis.call('HGET', state, 'v'), '', '0', '', 0}
        if owner ~= ARGV[1] or ARGV[2] == '' then
          reply[4] = owner
          reply[5] = redis.call('HGET', state, 'a')
          reply[6] = redis.call('GET', KEYS[2] .. owner) or ''
          reply[7] = 1
        end
        local fields = redis.call('HGETALL', state)
        for i = 1, #fields, 2 do
          if string.sub(fields[i], 1, 1) == 'b' then
            reply[#reply + 1] = string.sub(fields[i], 2)
            reply[#reply + 1] = fields[i + 1]
          end
        end
        return reply
        """;

    /// <summary>KEYS: state. ARGV: owner, epoch, the highest version before it when older entries are to be void, or nothing. Gives 1, or 0 when it is refused.</summary>
    /// <remarks>Versions are texts of one length: they are longer than Lua's numbers are exact.</remarks>
    public const string Adopt = """
        local state = KEYS[1]
        if redis.call('HGET', state, 'e') ~= ARGV[2] then return 0 end
        redis.call('HSET', state, 'o', ARGV[1], 'a', ARGV[2])
        if ARGV[3] == '' then return 1 end
        redis.call('HSET', state, 'v', ARGV[2])
        local fields = redis.call('HGETALL', state)
        for i = 1, #fields, 2 do
          if string.sub(fields[i], 1, 1) == 'b' and fields[i + 1] <= ARGV[3] then redis.call('HDEL', state, fields[i]) end
        end
        return 1
        """;

    /// <summary>KEYS: state. ARGV: epoch, successor.</summary>
    public const string Release = """
        if redis.call('HGET', KEYS[1], 'e') == ARGV[1] then redis.call('HSET', KEYS[1], 'o', ARGV[2]) end
        """;

    /// <summary>KEYS: entries. ARGV: bytes of values after which to stop. Gives the run, and of each entry that was read its value and milliseconds to live.</summary>
    public const string Read = Run + """
        local reply = {run}
        local bytes = 0
        for i = 1, #KEYS do
          local value = redis.call('GET', KEYS[i])
          reply[#reply + 1] = value
          reply[#reply + 1] = value and redis.call('PTTL', KEYS[i])
          bytes = bytes + (value and #value or 0)
          if bytes >= tonumber(ARGV[1]) then break end
        end
        return reply
        """;

    /// <summary>
    /// KEYS: what is written, then the states of the partitions. ARGV: how many are written, the epoch of each partition, and of each
    /// write its partition (by number in this call), kind, value and number. Gives the numbers of the partitions that are refused.
    /// </summary>
    public const string Write = Run + """
        local writes = tonumber(ARGV[1])
        local partitions = #KEYS - writes
        local open, refused = {}, {}
        for p = 1, partitions do
          local state = redis.call('HMGET', KEYS[writes + p], 'e', 'r')
          open[p] = state[1] == ARGV[1 + p] and state[2] == run
          if not open[p] then refused[#refused + 1] = p end
        end
        local at = 1 + partitions
        for i = 1, writes do
          local key, kind, value, number = KEYS[i], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4]
          if not open[tonumber(ARGV[at + 1])] then
          elseif kind == 'S' and number == '' then redis.call('SET', key, value)
          elseif kind == 'S' then redis.call('SET', key, value, 'PX', number)
          elseif kind == 'D' then redis.call('UNLINK', key)
          elseif kind == 'E' then redis.call('PEXPIRE', key, number)
          elseif kind == 'B' then redis.call('HSET', key, 'b' .. value, number)
          elseif kind == 'F' then redis.call('HDEL', key, 'b' .. value) end
          at = at + 4
        end
        return refused
        """;
}
