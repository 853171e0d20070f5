using StackExchange.Redis;

namespace Armature.Storage;

/// <summary>Says in plain words what Redis could not do, and what to do about it.</summary>
internal static class RedisFailure
{
    /// <summary>The option of the connection that all share.</summary>
    public const string SharedOption = "Armature:Redis:ConnectionString";

    private const string CannotBeReached = "Redis cannot be reached. Look whether it runs and can be dialled from here.";

    public static bool IsKnown(Exception error) => error is RedisException or TimeoutException or RedisCommandException;

    public static RecordStoreException Unreachable(string location, Exception error) => new(location, CannotBeReached, error);

    public static RecordStoreException Describe(string location, Exception error) => new(location, Explain(error), error);

    /// <summary>What was wrong, and what to do.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="option">The option that says where Redis is.</param>
    public static string Explain(Exception error, string option = SharedOption) => error switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } =>
            $"Redis refused the user or the password. Look at {option}.",
        RedisConnectionException => CannotBeReached,
        TimeoutException => "Redis did not answer in time. Look at its load, and at the network.",
        _ when IsFull(error) => "Redis has no memory left. Raise its maxmemory, or free some.",
        RedisServerException server when Starts(server, "READONLY") => "this Redis is a replica and cannot be written. Connect to the primary.",
        RedisServerException server when Starts(server, "MISCONF") => "Redis cannot save to its disk and takes no writes. Look at the disk and at Redis' log.",
        RedisServerException server when Starts(server, "LOADING") => "Redis still loads its data. It will answer when it has.",
        RedisServerException server when Starts(server, "NOPERM") => $"Redis forbids this user what is needed: {server.Message}",
        _ => $"Redis could not do it: {error.Message}",
    };

    /// <summary>True when Redis has no memory left for a write.</summary>
    public static bool IsFull(Exception error) => error is RedisServerException server && Starts(server, "OOM");

    private static bool Starts(RedisServerException error, string code) => error.Message.StartsWith(code, StringComparison.Ordinal);
}
