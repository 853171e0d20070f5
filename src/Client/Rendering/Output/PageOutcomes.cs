using System.Globalization;

namespace Armature.Rendering.Output;

/// <summary>Decides what of a rendered page is written, and writes it. Thread-safe for different pages.</summary>
internal sealed class PageOutcomes(SiteWriter writer, SiteRecord last, string notFoundRoute)
{
    private const int NotFound = 404;
    private const int Gone = 410;

    /// <summary>Takes a page of the last version over, when it is made of the same.</summary>
    /// <returns>The page as it was rendered then; null when it must be rendered.</returns>
    public RenderedPage? TryReuse(PlannedPage page)
    {
        var kept = last.Pages.GetValueOrDefault(page.Route)?.Stamp == page.Stamp ? TryKeep(page) : null;
        page.IsUnchanged = kept is not null;
        return kept;
    }

    /// <summary>Writes a page, or notes why it fails; the last version's page then stays, unless the site says that it is gone.</summary>
    /// <returns>The page that the version has now; null when it has none.</returns>
    public RenderedPage? Write(PlannedPage page, RenderedPage rendered)
    {
        page.Error = rendered.Error ?? TryWrite(page, rendered);
        return page.Error is null ? rendered : IsGone(rendered) ? null : TryKeep(page);
    }

    /// <summary>Notes that a page failed; the last version's page stays, which may have been taken over already.</summary>
    public void Fail(PlannedPage page, ItemError error)
    {
        page.Error = error;
        if (page.Written is null)
        {
            TryKeep(page);
        }
    }

    // A page that was good in the last version may be none where it is to lie now, as one for all that is not found.
    private RenderedPage? TryKeep(PlannedPage page)
    {
        if (last.Pages.GetValueOrDefault(page.Route) is not { } recorded)
        {
            return null;
        }

        var kept = new RenderedPage { Route = page.Route, Status = recorded.Status, Location = recorded.Location, ContentType = recorded.ContentType };
        if (FindProblem(page, kept) is not null || writer.TryTakeOver(recorded.Files, page.Path!, out var files) is not { } content)
        {
            return null;
        }

        page.Written = recorded with { Files = files };
        return kept with { Body = content };
    }

    private ItemError? TryWrite(PlannedPage page, RenderedPage rendered)
    {
        var content = rendered.Body;
        if (rendered.IsRedirect && !RedirectPage.TryCreate(page.Route, rendered.Location!, out content))
        {
            return new(RenderErrorCodes.RedirectInvalid, $"The page {page.Route} leads to '{Shown(rendered.Location!)}'. A redirect leads to a path, or to a URL of http or https.");
        }

        if (FindProblem(page, rendered) is { } problem)
        {
            return problem;
        }

        page.Written = new(page.Route, page.Stamp, rendered.Status, rendered.ContentType, writer.Write(page.Path!, content!), rendered.Location);
        return null;
    }

    private ItemError? FindProblem(PlannedPage page, RenderedPage rendered)
    {
        if (rendered.IsRedirect)
        {
            return null;
        }

        if (rendered.Status is < 200 or > 299 && page.Route != notFoundRoute)
        {
            return new(RenderErrorCodes.PageStatus, string.Create(
                CultureInfo.InvariantCulture,
                $"The page {page.Route} has status {rendered.Status}, and a static file is served with 200. Leave the route out, or mend the page."));
        }

        return IsPage(page.Path!) && !IsHtml(rendered.ContentType)
            ? new(RenderErrorCodes.OutputName, $"The page {page.Route} is of type '{Shown(rendered.ContentType)}', and its file {page.Path} would be served as HTML. Give the route an ending such as .json or .xml, or the page its type.")
            : null;
    }

    private static bool IsGone(RenderedPage rendered) => rendered.Status is NotFound or Gone || rendered.Error?.Code == RenderErrorCodes.PageNotFound;

    private static bool IsPage(string path) => Path.GetExtension(path).ToUpperInvariant() is ".HTML" or ".HTM";

    private static bool IsHtml(string contentType) => contentType.Split(';')[0].Trim().ToUpperInvariant() is "TEXT/HTML" or "APPLICATION/XHTML+XML";

    private static string Shown(string location) => string.Concat(location.Take(200).Select(static c => char.IsControl(c) ? '\uFFFD' : c));
}
