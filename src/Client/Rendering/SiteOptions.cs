namespace Armature.Rendering;

/// <summary>What a caller may say about a site. Everything has a default.</summary>
public sealed class SiteOptions
{
    /// <summary>Scheme, host and port of every page's URL, such as <c>https://example.com</c>.</summary>
    /// <value>Default: <c>http://localhost</c>.</value>
    public string Origin { get; set; } = "http://localhost";

    /// <summary>How the bundle is called.</summary>
    /// <value>Default: none; it is Angular where there is <c>server/main.server.mjs</c>, and a module otherwise.</value>
    public SiteAdapter? Adapter { get; set; }

    /// <summary>The module that is loaded: a path in the site's folder, such as <c>server/entry-server.js</c>.</summary>
    /// <value>Default: none; the only module in <c>server</c>, or the one named <c>entry-server</c>, <c>main.server</c>, <c>server</c> or <c>index</c>.</value>
    public string? Entry { get; set; }

    /// <summary>The longest time one page may take.</summary>
    /// <value>Default: 30 seconds. From 10 ms to an hour.</value>
    public TimeSpan PageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Pages that one process may have in flight when they wait on something. 1 where pages must not share globals.</summary>
    /// <value>Default: 64. From 1 to 256.</value>
    public int MaxPagesPerProcess { get; set; } = 64;

    /// <summary>Pages begun in a second, over the whole cluster.</summary>
    /// <value>Default: none, which is no limit.</value>
    public double? PagesPerSecond { get; set; }

    /// <summary>Pages in flight at a time, over the whole cluster.</summary>
    /// <value>Default: none, which is no limit.</value>
    public int? MaxInFlight { get; set; }

    /// <summary>What <see cref="PagesPerSecond"/> and <see cref="MaxInFlight"/> are counted under: sites with the same name share them.</summary>
    /// <value>Default: none, which takes <see cref="Origin"/>.</value>
    public string? PaceName { get; set; }
}
