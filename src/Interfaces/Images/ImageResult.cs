using System.Collections.Immutable;

namespace Armature.Images;

/// <summary>What became of one image.</summary>
/// <param name="Outputs">One output a variant, in the plan's order, then one a preset.</param>
[GenerateSerializer, Immutable, Alias("armature.images.image-result")]
public sealed record ImageResult([property: Id(0)] ImmutableArray<ImageOutput> Outputs)
{
    /// <summary>The output of a variant or preset.</summary>
    /// <exception cref="KeyNotFoundException">The plan had none of that name.</exception>
    public ImageOutput this[string variant] => Outputs.FirstOrDefault(o => string.Equals(o.Variant, variant, StringComparison.Ordinal))
        ?? throw new KeyNotFoundException(
            $"There is no output '{variant}'; the plan made {string.Join(", ", Outputs.Select(o => o.Variant))}.");
}
