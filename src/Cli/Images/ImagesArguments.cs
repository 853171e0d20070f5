using Armature.CommandLine;

namespace Armature.Images;

/// <summary>What <c>armature images</c> was asked for.</summary>
internal sealed record ImagesArguments
{
    /// <summary>Pictures, and folders that hold them.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The folder of the outputs.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>The size of the one output, when no preset is named.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>How the one output fits its size.</summary>
    public Fit? Fit { get; init; }

    /// <summary>The format of the one output.</summary>
    public ImageFormat? Format { get; init; }

    /// <summary>The encoder's quality for the one output.</summary>
    public int? Quality { get; init; }

    /// <summary>Presets, each an output of its own.</summary>
    public IReadOnlyList<string> Presets { get; init; } = [];

    /// <summary>What is done about outputs that are there already.</summary>
    public ExistingOutputs Existing { get; init; }

    /// <summary>The options of every verb.</summary>
    public required CommonArguments Common { get; init; }
}
