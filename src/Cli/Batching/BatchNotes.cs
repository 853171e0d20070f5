using System.Globalization;
using Armature.Terminal;

namespace Armature.Batching;

/// <summary>What a person who watches a batch is told beside how far it is.</summary>
internal static class BatchNotes
{
    /// <summary>The lines for an event: a silo came or went, another coordinator took over, items run again, the batch waits.</summary>
    /// <param name="before">The batch at the event before.</param>
    /// <param name="happened">The event.</param>
    public static IEnumerable<string> Of(BatchStatus before, BatchEvent happened)
    {
        if (Membership(happened) is { } membership)
        {
            yield return membership;
        }

        var now = happened.Status;
        foreach (var (count, what) in new[]
        {
            (now.Suspected - before.Suspected, "items that run again, each alone, because a silo died with them"),
            (now.Retried - before.Retried, "items that failed and run again"),
            (now.Reissued - before.Reissued, "late items that were started on an idle silo too"),
        })
        {
            if (count > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{what}: {count:N0}");
            }
        }

        if (now.Waiting is { } reason && reason != before.Waiting)
        {
            yield return $"waits: {reason}";
        }
    }

    private static string? Membership(BatchEvent happened) => happened.Kind switch
    {
        BatchEventKind.SiloJoined => $"silo {ProgressText.Address(happened.Silo!)} joined",
        BatchEventKind.SiloLeft => $"silo {ProgressText.Address(happened.Silo!)} left",
        BatchEventKind.Resumed => "goes on with another coordinator",
        _ => null,
    };
}
