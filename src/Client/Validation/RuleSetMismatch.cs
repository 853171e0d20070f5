using Armature.Batching;

namespace Armature.Validation;

/// <summary>Says of rules what the batch engine says of their handler.</summary>
internal static class RuleSetMismatch
{
    public static RuleSetException Of(BatchHandlerException exception, string rules, Type records)
    {
        if (exception.ItemType is { } taken)
        {
            return new(rules, $"Rules '{rules}' are for {RecordOf(taken)}; the records are {records}.");
        }

        var registered = exception.Registered.Where(static name => name.StartsWith(RuleSetName.Prefix, StringComparison.Ordinal)).Select(static name => name[RuleSetName.Prefix.Length..]);
        return new(rules, $"No silo has rules '{rules}'. Registered: {string.Join(", ", registered.DefaultIfEmpty("none"))}. Register them with AddRuleSet on the silos.");
    }

    // Such as Armature.Validation.RecordChunk`1[Shop.Order].
    private static string RecordOf(string chunk) => chunk.IndexOf('[', StringComparison.Ordinal) is > 0 and var begin ? chunk[(begin + 1)..^1] : chunk;
}
