using System.Security.Cryptography;
using System.Text.Json;

namespace Armature.Rendering.Output;

/// <summary>A short name for all that a page is made of: the bundle, how it is called and as whom, this program, and the page's inputs.</summary>
internal sealed class SiteStamp
{
    private readonly string _site;

    public SiteStamp(RenderSite site)
    {
        var version = typeof(SiteStamp).Assembly.GetName().Version?.ToString();
        _site = HashOf(new { version, site.Bundle, site.Adapter, site.Entry, site.Template, site.Origin });
    }

    /// <summary>The stamp of a page.</summary>
    /// <param name="inputs">What the caller says that it depends on; null when nothing is said.</param>
    public string Of(string? inputs) => HashOf(new { _site, inputs });

    private static string HashOf(object described) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(described)));
}
