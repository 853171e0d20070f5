namespace Armature.Batching;

/// <summary>One batch as it is listed.</summary>
internal sealed record BatchLine(string Id, string Handler, string State, int Items, int Succeeded, int Failed, DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt)
{
    public static BatchLine Of(BatchStatus status) => new(
        status.Id, status.Handler, status.State.ToString().ToLowerInvariant(), status.Total, status.Succeeded, status.Failed, status.SubmittedAt, status.EndedAt);
}
