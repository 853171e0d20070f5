using System.Text;

namespace Armature.Rendering;

/// <summary>What became of one page: its HTML, a redirect, a page that says 404, or an error.</summary>
[GenerateSerializer, Immutable, Alias("armature.rendering.rendered-page")]
public sealed record RenderedPage
{
    /// <summary>The route as the caller gave it.</summary>
    [Id(0)]
    public required string Route { get; init; }

    /// <summary>The HTTP status that the site gave; 0 when the page failed.</summary>
    [Id(1)]
    public int Status { get; init; }

    /// <summary>Where a redirect (status 301, 302, 303, 307 or 308) leads, as the site wrote it.</summary>
    [Id(2)]
    public string? Location { get; init; }

    /// <summary>The media type that the site gave.</summary>
    /// <value>Default: <c>text/html; charset=utf-8</c>.</value>
    [Id(3)]
    public string ContentType { get; init; } = "text/html; charset=utf-8";

    /// <summary>The page's bytes as the site rendered them (UTF-8); empty when it failed.</summary>
    [Id(4)]
    public byte[] Body { get; init; } = [];

    /// <summary>Why the page failed; null when it was rendered. Its code is one of <see cref="RenderErrorCodes"/> or <see cref="ItemErrorCodes"/>.</summary>
    [Id(5)]
    public ItemError? Error { get; init; }

    /// <summary>True when the site rendered the page, whatever its status is.</summary>
    public bool IsSuccess => Error is null;

    /// <summary>True when the page leads elsewhere.</summary>
    public bool IsRedirect => Location is not null && Status is 301 or 302 or 303 or 307 or 308;

    /// <summary>The page's text.</summary>
    /// <exception cref="InvalidOperationException">The page failed; the message has its error.</exception>
    public string Html => Error is null
        ? Encoding.UTF8.GetString(Body)
        : throw new InvalidOperationException($"The page {Route} failed: {Error.Code}: {Error.Message}");
}
