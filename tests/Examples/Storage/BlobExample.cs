using System.Text;
using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Storage;

/// <summary>The example of docs/storage.md.</summary>
public sealed class BlobExample
{
    [Fact]
    public async Task Reports_WrittenAndListed_AreReadBack()
    {
        using var folder = new TemporaryFolder();
        await using var services = new ServiceCollection()
            .AddOptions()
            .UseFolderBlobs(folder.File("blobs"))
            .AddSingleton<Reports>()
            .BuildServiceProvider();
        var reports = services.GetRequiredService<Reports>();

        await reports.SaveAsync("2026/q4", "all is well", CancellationToken.None);

        (await reports.ReadAsync("2026/q4", CancellationToken.None)).ShouldBe("all is well");
        (await reports.ListAsync("2026/", CancellationToken.None)).ShouldBe(["payloads/reports/2026/q4"]);
    }

    private sealed class Reports(IBlobStore blobs)
    {
        private const string Prefix = "payloads/reports/";

        public Task SaveAsync(string name, string text, CancellationToken cancellationToken) =>
            blobs.PutAsync(Prefix + name, Encoding.UTF8.GetBytes(text), cancellationToken);

        public async Task<string?> ReadAsync(string name, CancellationToken cancellationToken) =>
            await blobs.GetAsync(Prefix + name, maxBytes: 1 << 20, cancellationToken) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

        public async Task<List<string>> ListAsync(string prefix, CancellationToken cancellationToken)
        {
            var names = new List<string>();
            await foreach (var blob in blobs.ListAsync(Prefix + prefix, cancellationToken))
            {
                names.Add(blob.Name);
            }

            return names;
        }
    }
}
