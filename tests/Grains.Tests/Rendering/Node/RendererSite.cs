using Armature.Testing.Sites;

namespace Armature.Rendering.Node;

/// <summary>The settings of the renderer for one site.</summary>
internal sealed record RendererSite(string Root, string Adapter, string Entry)
{
    internal string? Template { get; init; }

    internal string Origin { get; init; } = "https://example.com";

    internal int MaxInFlight { get; init; } = 64;

    internal static RendererSite Plain { get; } = new(TestSites.Plain, "module", "site.mjs");

    internal static async Task<RendererSite> AngularAsync() =>
        new(await TestSites.AngularAsync(TestContext.Current.CancellationToken), "angular", "server/main.server.mjs");

    /// <summary>The Angular site with zone.js.</summary>
    internal static async Task<RendererSite> AngularWithZoneAsync() =>
        await AngularAsync() with { Root = await TestSites.AngularWithZoneAsync(TestContext.Current.CancellationToken) };

    /// <summary>A site that Vite built.</summary>
    internal static RendererSite OfVite(string root) => new(root, "module", "server/server.mjs") { Template = "client/index.html" };
}
