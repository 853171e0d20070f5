namespace Armature.Rendering;

/// <summary>The codes of <see cref="RenderException"/>, and of pages that failed.</summary>
public static class RenderErrorCodes
{
    /// <summary>The site threw, rejected, or reported an error to its framework while it rendered the page.</summary>
    public const string PageFailed = "page_failed";

    /// <summary>The page failed, and a request that it made to a backend failed too, or was answered with 429 or 5xx. It is tried again.</summary>
    public const string BackendFailed = "backend_failed";

    /// <summary>The page took longer than the time limit.</summary>
    public const string PageTimeout = "page_timeout";

    /// <summary>The site has no such route: it rendered nothing at all.</summary>
    public const string PageNotFound = "page_not_found";

    /// <summary>The page has more bytes than are allowed.</summary>
    public const string PageTooLarge = "page_too_large";

    /// <summary>The page needed more memory than its process may have.</summary>
    public const string PageOutOfMemory = "page_out_of_memory";

    /// <summary>The process died with the page, alone with it in a fresh process too.</summary>
    public const string RendererDied = "renderer_died";

    /// <summary>The route is no path that may be rendered.</summary>
    public const string RouteInvalid = "route_invalid";

    /// <summary>The bundle is not in the blob store.</summary>
    public const string SiteMissing = "site_missing";

    /// <summary>The description of the site, its archive or its module cannot be used; the message says why.</summary>
    public const string SiteUnusable = "site_unusable";

    /// <summary>The silo runs only certain bundles, and this is not one of them.</summary>
    public const string SiteNotAllowed = "site_not_allowed";

    /// <summary>Node is missing or too old on the silo, or no process can be had at the moment.</summary>
    public const string RendererUnavailable = "renderer_unavailable";

    /// <summary>A source of routes, such as a file or a sitemap, cannot be read.</summary>
    public const string RoutesUnreadable = "routes_unreadable";

    /// <summary>The route has no file of its own: its name is not safe on every system, or another route has the same.</summary>
    public const string OutputName = "output_name";

    /// <summary>The page has a status that no static file can have, such as 500, or 404 where it is not the page for all that is not found.</summary>
    public const string PageStatus = "page_status";

    /// <summary>The page is a redirect to something that is no page of the web.</summary>
    public const string RedirectInvalid = "redirect_invalid";

    /// <summary>The folder of the output is not one that may be replaced, or another run writes it.</summary>
    public const string OutputUnusable = "output_unusable";

    /// <summary>The output cannot be written, as on a full disk. The last good version stays.</summary>
    public const string OutputUnwritable = "output_unwritable";
}
