namespace Armature.Images;

/// <summary>An item of the batch handler <see cref="HandlerName"/>. Exactly one of <see cref="Plan"/> and <see cref="PlanBlob"/> is set.</summary>
[GenerateSerializer, Immutable, Alias("armature.images.image-job")]
public sealed record ImageJob
{
    /// <summary>The name that the handler of image jobs is registered under.</summary>
    public const string HandlerName = "images";

    /// <summary>The image.</summary>
    [Id(0)]
    public required ImageSource Source { get; init; }

    /// <summary>The plan, when it is small.</summary>
    [Id(1)]
    public ImagePlan? Plan { get; init; }

    /// <summary>The name of the blob that holds a larger plan; it is named for its content, so silos keep it.</summary>
    [Id(2)]
    public string? PlanBlob { get; init; }
}
