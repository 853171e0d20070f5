namespace Armature.Images;

/// <summary>An item of the batch handler <see cref="HandlerName"/>. It has either a plan or the blob that holds one.</summary>
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

    /// <summary>Where a larger plan is, which travels once for all items.</summary>
    [Id(2)]
    public ImagePlanReference? PlanReference { get; init; }
}
