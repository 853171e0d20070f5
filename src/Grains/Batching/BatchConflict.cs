namespace Armature.Batching;

/// <summary>Tells one batch from another that is submitted under the same id.</summary>
internal static class BatchConflict
{
    /// <summary>What is different; null when the two are the same work.</summary>
    public static string? Between(BatchSpec known, BatchSpec submitted)
    {
        if (known.Handler != submitted.Handler)
        {
            return $"it runs the handler '{known.Handler}', and this is for '{submitted.Handler}'";
        }

        if (known.ItemType != submitted.ItemType || known.ResultType != submitted.ResultType)
        {
            return $"it takes {known.ItemType} and gives {known.ResultType}, and this has {submitted.ItemType} and {submitted.ResultType}";
        }

        if (known.Durable != submitted.Durable)
        {
            return $"it is {(known.Durable ? "durable, and this is not" : "not durable, and this is")}";
        }

        if (known.ItemTimeout != submitted.ItemTimeout || known.MaxAttempts != submitted.MaxAttempts)
        {
            return $"its options (ItemTimeout {Or(known.ItemTimeout)}, MaxAttempts {Or(known.MaxAttempts)}) are not those given now (ItemTimeout {Or(submitted.ItemTimeout)}, MaxAttempts {Or(submitted.MaxAttempts)})";
        }

        return null;
    }

    private static string Or<T>(T? value)
        where T : struct => value?.ToString() ?? "not given";
}
