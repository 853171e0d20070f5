using System.Globalization;

namespace Armature.Batching;

/// <summary>
/// What an item in the blob store is called: <c>batches/{batch}/items/{submission}/{index}</c>. Each submission has names of its own,
/// so that one that is refused touches nothing of the batch that goes on.
/// </summary>
public static class ItemBlobName
{
    /// <summary>The name of one item.</summary>
    public static string Of(string batchId, Guid submission, int index) =>
        Prefix(batchId, submission) + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>What the names of all of a submission's items begin with.</summary>
    public static string Prefix(string batchId, Guid submission) => $"batches/{batchId}/items/{submission:N}/";

    /// <summary>Whether a name is that of the batch's item <paramref name="index"/>, of any submission.</summary>
    public static bool IsOf(string batchId, int index, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return SubmissionOf(name) is { } submission && name == Of(batchId, submission, index);
    }

    /// <summary>Whose item a blob is; null when it is none.</summary>
    public static Guid? SubmissionOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = name.Split('/');
        return parts is ["batches", _, "items", var submission, _] && Guid.TryParseExact(submission, "N", out var found) ? found : null;
    }
}
