using Armature.Reporting;

namespace Armature.Images;

/// <summary>What <c>armature images</c> tells at its end.</summary>
internal sealed record ImagesReport : BatchReport
{
    /// <summary>How many of the succeeded items were up to date already and were not made again.</summary>
    public required int Skipped { get; init; }

    /// <summary>How many outputs were written.</summary>
    public required int Outputs { get; init; }

    /// <summary>The folder of the outputs.</summary>
    public required string Out { get; init; }
}
