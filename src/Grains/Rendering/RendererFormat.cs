using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace Armature.Rendering;

/// <summary>The payloads of a renderer process: docs/rendering-renderer.md has the layout.</summary>
internal static class RendererFormat
{
    private const int HeadLengthBytes = sizeof(int);
    private const int MaxKnownHeadBytes = 1024;

    // Nearly all pages of a site have the same head: the last one is read once.
    private static volatile KnownHead? _lastHead;

    /// <summary>The page in an answer. Its bytes are copied: the answer's buffer is pooled.</summary>
    /// <exception cref="RenderException">What came is no page.</exception>
    public static RenderedPage ReadPage(ReadOnlyMemory<byte> payload, string route)
    {
        var length = payload.Length < HeadLengthBytes ? -1 : BinaryPrimitives.ReadInt32LittleEndian(payload.Span);
        if (length < 0 || length > payload.Length - HeadLengthBytes)
        {
            throw NoPage(route, "its head is cut off");
        }

        var head = FindHead(payload.Span.Slice(HeadLengthBytes, length), route);
        var body = payload.Span[(HeadLengthBytes + length)..];
        var bytes = GC.AllocateUninitializedArray<byte>(body.Length);
        body.CopyTo(bytes);
        return new RenderedPage
        {
            Route = route,
            Status = head.Status,
            Location = head.Headers?.GetValueOrDefault("location"),
            ContentType = head.Headers?.GetValueOrDefault("content-type") ?? "text/html; charset=utf-8",
            Body = bytes,
        };
    }

    /// <summary>The routes in an answer.</summary>
    /// <exception cref="RenderException">What came is no list of routes.</exception>
    public static SiteRoutes ReadRoutes(ReadOnlyMemory<byte> payload)
    {
        try
        {
            var list = JsonSerializer.Deserialize(payload.Span, RendererJson.Default.RouteList);
            return new SiteRoutes([.. (list?.Routes ?? []).Select(static route => new SiteRoute(route.Path, ModeOf(route.Mode), route.Parameters))]);
        }
        catch (JsonException e)
        {
            throw new RenderException(RenderErrorCodes.SiteUnusable, $"The site's routes could not be read: {e.Message}", e);
        }
    }

    private static PageHead FindHead(ReadOnlySpan<byte> json, string route)
    {
        if (_lastHead is { } last && json.SequenceEqual(last.Json))
        {
            return last.Head;
        }

        var head = ReadHead(json, route);
        if (json.Length <= MaxKnownHeadBytes)
        {
            _lastHead = new KnownHead(json.ToArray(), head);
        }

        return head;
    }

    private static PageHead ReadHead(ReadOnlySpan<byte> json, string route)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RendererJson.Default.PageHead) is { Status: >= 100 and <= 599 } head
                ? head
                : throw NoPage(route, "it has no HTTP status from 100 to 599");
        }
        catch (JsonException e)
        {
            throw NoPage(route, e.Message);
        }
    }

    private static RouteMode ModeOf(string mode) => mode switch
    {
        "prerender" => RouteMode.Prerender,
        "client" => RouteMode.Client,
        _ => RouteMode.Server,
    };

    private static RenderException NoPage(string route, string problem) =>
        new(RenderErrorCodes.PageFailed, $"The answer for the page {route} could not be read: {problem}.");

    private sealed record KnownHead(byte[] Json, PageHead Head);
}
