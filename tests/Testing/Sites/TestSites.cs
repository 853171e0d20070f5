using System.Reflection;

namespace Armature.Testing.Sites;

/// <summary>
/// The sites that rendering is tested with, built from their sources in tests/Sites. A build is kept in the user's cache
/// folder by a hash of the sources, so that it is made once on a machine.
/// </summary>
public static class TestSites
{
    private static readonly string Sources = typeof(TestSites).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "SitesFolder").Value!;

    /// <summary>A site of one module without packages, which needs no build: <c>site.mjs</c> in this folder. It has every failure.</summary>
    public static string Plain { get; } = Path.Combine(Sources, "plain");

    /// <summary>The folder that <c>ng build</c> made: <c>server/main.server.mjs</c> and <c>browser</c>.</summary>
    public static async Task<string> AngularAsync(CancellationToken cancellationToken = default) =>
        Path.Combine(await BuildAsync("angular", cancellationToken), "zoneless");

    /// <summary>The same site with zone.js, which was the default before Angular 21.</summary>
    public static async Task<string> AngularWithZoneAsync(CancellationToken cancellationToken = default) =>
        Path.Combine(await BuildAsync("angular", cancellationToken), "zone");

    /// <summary>The folder that Vite made: <c>server/server.mjs</c>, and <c>client</c> with the template <c>index.html</c>.</summary>
    public static Task<string> ReactAsync(CancellationToken cancellationToken = default) => BuildAsync("react", cancellationToken);

    /// <summary>As <see cref="ReactAsync"/>.</summary>
    public static Task<string> VueAsync(CancellationToken cancellationToken = default) => BuildAsync("vue", cancellationToken);

    /// <summary>As <see cref="ReactAsync"/>.</summary>
    public static Task<string> SvelteAsync(CancellationToken cancellationToken = default) => BuildAsync("svelte", cancellationToken);

    private static Task<string> BuildAsync(string name, CancellationToken cancellationToken) =>
        new SiteBuild(Path.Combine(Sources, name)).GetAsync(cancellationToken);
}
