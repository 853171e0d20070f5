using System.Text;

namespace Armature.Batching;

/// <summary>Checks a page of items from outside before anything in it is used.</summary>
internal static class ItemPageCheck
{
    /// <param name="batchId">The batch that the page is for.</param>
    /// <param name="page">The page.</param>
    /// <param name="count">The number of items in all, which comes with the last page; null before.</param>
    /// <exception cref="ArgumentException">The page is malformed, or ends with another item than the last: such a batch would never end.</exception>
    /// <exception cref="BatchLimitException">The page or one of its items is too large.</exception>
    public static void Check(string batchId, PackedEntries page, int? count)
    {
        if (page?.Indices is null || page.Kinds is null || page.Ends is null || page.Bytes is null)
        {
            throw new ArgumentException("The page of items is malformed: it, or one of its parts, is missing.", nameof(page));
        }

        if (page.Kinds.Length != page.Count || page.Ends.Length != page.Count || (page.Count > 0 && page.Ends[^1] != page.Bytes.Length))
        {
            throw new ArgumentException("The page of items is malformed: its parts differ in length.", nameof(page));
        }

        ThrowAbove("A page's items", BatchLimits.MaxPageItems, page.Count);
        ThrowAbove("A page's bytes", BatchLimits.MaxPageBytes, page.Bytes.Length);
        var end = 0;
        for (var i = 0; i < page.Count; i++)
        {
            if (page.Ends[i] < end || page.Indices[i] != page.Indices[0] + i || page.Indices[0] < 0)
            {
                throw new ArgumentException("The page of items is malformed: its items do not follow one another.", nameof(page));
            }

            ThrowAbove("An inline item's bytes", BatchLimits.MaxInlineEntryBytes, page.Ends[i] - end);
            end = page.Ends[i];
            CheckKind(batchId, page, i);
        }

        if (count < 0 || (count is not null && page.Count > 0 && count != page.Indices[0] + page.Count))
        {
            throw new ArgumentException($"The last page does not end with item {count}, the number of items in all.", nameof(count));
        }
    }

    private static void CheckKind(string batchId, PackedEntries page, int i)
    {
        switch (page.Kinds[i])
        {
            case EntryKind.Value:
                return;
            case EntryKind.Blob when ItemBlobName.IsOf(batchId, page.Indices[i], Encoding.UTF8.GetString(page[i].Span)):
                return;
            default:
                throw new ArgumentException($"Item {page.Indices[i]} is neither a value nor the name of one of its batch's own blobs.", nameof(page));
        }
    }

    private static void ThrowAbove(string what, int allowed, int actual)
    {
        if (actual > allowed)
        {
            throw new BatchLimitException(what, allowed, actual, "Send it in smaller pages, and larger items by reference.");
        }
    }
}
