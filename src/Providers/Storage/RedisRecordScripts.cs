namespace Armature.Storage;

/// <summary>What must happen in Redis in one step.</summary>
internal static class RedisRecordScripts
{
    public const long Done = 1;
    public const long Fenced = 0;
    public const long Overtaken = -1;

    /// <summary>KEYS: last epoch, epochs, last commits. ARGV: partition. Gives the new epoch.</summary>
    public const string Open = """
        local epoch = redis.call('INCR', KEYS[1])
        redis.call('HSET', KEYS[2], ARGV[1], epoch)
        redis.call('HDEL', KEYS[3], ARGV[1])
        return epoch
        """;

    /// <summary>
    /// KEYS: epochs, last commits, records. ARGV: partition, epoch, number of the commit, count of what is put (keys and values),
    /// that, keys to delete. A commit that was given up and lay on its way until after a later one is refused by its number.
    /// </summary>
    public const string Commit = """
        if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
        local last = redis.call('HGET', KEYS[2], ARGV[1])
        if last and tonumber(last) >= tonumber(ARGV[3]) then return -1 end
        redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
        local put = 4 + tonumber(ARGV[4])
        if put > 4 then redis.call('HSET', KEYS[3], unpack(ARGV, 5, put)) end
        if #ARGV > put then redis.call('HDEL', KEYS[3], unpack(ARGV, put + 1)) end
        return 1
        """;

    /// <summary>KEYS: epochs, last commits, records. ARGV: partition, epoch.</summary>
    public const string Delete = """
        local epoch = redis.call('HGET', KEYS[1], ARGV[1])
        if not epoch then return 1 end
        if epoch ~= ARGV[2] then return 0 end
        redis.call('HDEL', KEYS[1], ARGV[1])
        redis.call('HDEL', KEYS[2], ARGV[1])
        redis.call('UNLINK', KEYS[3])
        return 1
        """;
}
