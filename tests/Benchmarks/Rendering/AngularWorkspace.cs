using Armature.Testing;
using Armature.Testing.Sites;

namespace Armature.Benchmarks;

/// <summary>The sources of the Angular site in a folder of their own, which <c>ng build</c> builds with and without prerendering.</summary>
internal sealed class AngularWorkspace : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>What the build writes.</summary>
    public string Dist => Path.Combine(_folder.Path, "dist", "zoneless");

    public static async Task<AngularWorkspace> CreateAsync()
    {
        var workspace = new AngularWorkspace();
        var source = Path.Combine(Path.GetDirectoryName(TestSites.Plain)!, "angular");
        await Commands.RunAsync("cp", ["-r", $"{source}/.", workspace._folder.Path], workspace._folder.Path);
        await Commands.RunAsync("npm", ["ci", "--no-audit", "--no-fund"], workspace._folder.Path);
        return workspace;
    }

    /// <summary>Builds the application.</summary>
    /// <param name="prerendered">Pages that the build itself renders.</param>
    /// <param name="workers">Its workers; null for its own choice.</param>
    public async Task BuildAsync(int prerendered, int? workers)
    {
        var product = prerendered == 0
            ? ""
            : $$"""
                {
                  path: 'products/:id',
                  renderMode: RenderMode.Prerender,
                  getPrerenderParams: async () => Array.from({ length: {{prerendered}} }, (_, id) => ({ id: String(id) })),
                },
              """;
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "src", "app", "app.routes.server.ts"), $$"""
            import { RenderMode, type ServerRoute } from '@angular/ssr';

            export const serverRoutes: ServerRoute[] = [
            {{product}}
              { path: '**', renderMode: RenderMode.Server },
            ];
            """);
        (string, string)[] environment = workers is { } count ? [("NG_BUILD_MAX_WORKERS", count.ToString(System.Globalization.CultureInfo.InvariantCulture))] : [];
        await Commands.RunAsync("npx", ["ng", "build"], _folder.Path, environment);
    }

    /// <summary>The pages that the last build has rendered.</summary>
    public int CountPages() => Directory.EnumerateFiles(Path.Combine(Dist, "browser", "products"), "index.html", SearchOption.AllDirectories).Count();

    public void Dispose() => _folder.Dispose();
}
