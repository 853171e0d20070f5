using System.Security.Cryptography;
using System.Text.Json;

namespace Armature.Images;

/// <summary>A short name for all that decides how an output looks.</summary>
internal static class PlanStamp
{
    private const int Length = 16;

    /// <summary>The stamp of a plan: equal for equal plans of one version of the program.</summary>
    public static string Of(ImagePlan plan)
    {
        var version = typeof(PlanStamp).Assembly.GetName().Version;
        var described = JsonSerializer.SerializeToUtf8Bytes(new { version = version?.ToString(), plan });
        return Convert.ToHexStringLower(SHA256.HashData(described))[..Length];
    }
}
