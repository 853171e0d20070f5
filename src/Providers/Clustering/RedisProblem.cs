namespace Armature.Clustering;

/// <summary>Why Redis does not answer.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Reason">The same in words, as the end of a sentence that begins with Redis.</param>
/// <param name="Error">What was thrown.</param>
internal sealed record RedisProblem(RedisProblemKind Kind, string Reason, Exception Error);
