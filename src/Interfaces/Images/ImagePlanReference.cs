using System.Security.Cryptography;

namespace Armature.Images;

/// <summary>A plan in the blob store, written by the Orleans serializer. Silos keep plans by their hash, so one is read once.</summary>
/// <param name="BlobName">Where it is.</param>
/// <param name="Hash">SHA-256 of its bytes, in hexadecimal.</param>
[GenerateSerializer, Immutable, Alias("armature.images.image-plan-reference")]
public sealed record ImagePlanReference(
    [property: Id(0)] string BlobName,
    [property: Id(1)] string Hash)
{
    /// <summary>The hash of a plan's bytes.</summary>
    public static string HashOf(ReadOnlySpan<byte> plan) => Convert.ToHexStringLower(SHA256.HashData(plan));
}
