namespace Armature.Batching;

/// <summary>What the records of a durable batch are called. Its partition is <c>batches/{id}</c>.</summary>
internal static class BatchKeys
{
    /// <summary>What every batch's partition starts with.</summary>
    public const string Partitions = "batches/";

    /// <summary>The spec, and when the batch was accepted.</summary>
    public const string Start = "spec";

    /// <summary>The number of items in all.</summary>
    public const string Sealed = "sealed";

    /// <summary>There when the batch was cancelled.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>How and when the batch ended.</summary>
    public const string End = "end";

    /// <summary>Items as they were received, in pages.</summary>
    public const string Items = "items/";

    /// <summary>Results as they are read, in pages: the number is the cursor.</summary>
    public const string Results = "results/";

    /// <summary>Chunks that run on the coordinator's own silo, or on any once silos have died.</summary>
    public const string Running = "running/";

    /// <summary>Chunks whose silo died.</summary>
    public const string Suspects = "suspects/";

    /// <summary>Suspects that run with nothing beside them on their silo.</summary>
    public const string Alone = "alone/";

    /// <summary>Suspects that run beside others.</summary>
    public const string Beside = "beside/";

    /// <summary>Items that failed and were to run again.</summary>
    public const string Attempts = "attempts/";

    /// <summary>Callers who joined, each with whether it is still there. The first one is in the spec.</summary>
    public const string Submissions = "submissions/";

    public static string Partition(string batchId) => Partitions + batchId;

    public static string BatchId(string partition) => partition[Partitions.Length..];

    public static string Page(string prefix, int number) => FormattableString.Invariant($"{prefix}{number:D8}");

    public static string Mark(string prefix, long number) => FormattableString.Invariant($"{prefix}{number}");

    public static string Submission(Guid submission) => $"{Submissions}{submission:N}";

    public static Guid SubmissionOf(string key) => Guid.ParseExact(key.AsSpan(Submissions.Length), "N");

    public static int Number(string key, string prefix) => int.Parse(key.AsSpan(prefix.Length), provider: null);
}
