namespace Armature.Images;

/// <summary>Pictures from elsewhere that may lie beside the repository. They are extra: where they are absent, their tests are skipped.</summary>
internal static class SharedPhotos
{
    private static readonly string? Folder = Find();

    public static byte[] Read(string name)
    {
        var path = Folder is null ? null : Path.Combine(Folder, name);
        Assert.SkipUnless(path is not null && File.Exists(path), $"There is no {name} in ../shared/data/photos beside the repository.");
        return File.ReadAllBytes(path!);
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var photos = Path.Combine(folder.FullName, "shared", "data", "photos");
            if (Directory.Exists(photos))
            {
                return photos;
            }
        }

        return null;
    }
}
