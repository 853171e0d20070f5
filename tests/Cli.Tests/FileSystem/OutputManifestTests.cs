using Armature.Testing;

namespace Armature.FileSystem;

public sealed class OutputManifestTests : IDisposable
{
    private const string Plan = "plan-1";

    private readonly TemporaryFolder _folder = new();
    private readonly PlannedFile _file;

    public OutputManifestTests()
    {
        _file = new PlannedFile(new SourceFile(_folder.Write("in/a.png"), "a.png"), ["thumb/a.png.jpg", "large/a.png.jpg"]);
        _folder.Write("out/thumb/a.png.jpg", "small");
        _folder.Write("out/large/a.png.jpg", "large");
    }

    [Fact]
    public async Task IsUpToDate_WhatWasAdded_IsAlsoAfterLoading()
    {
        var manifest = await SaveAsync();

        manifest.IsUpToDate(_file, Plan).ShouldBeTrue();
        (await LoadAsync()).IsUpToDate(_file, Plan).ShouldBeTrue();
    }

    [Fact]
    public async Task IsUpToDate_AnotherPlan_IsNot()
    {
        await SaveAsync();

        (await LoadAsync()).IsUpToDate(_file, "plan-2").ShouldBeFalse();
    }

    [Fact]
    public async Task IsUpToDate_SourceChanged_IsNot()
    {
        await SaveAsync();
        File.AppendAllText(_file.Source.Path, "more");

        (await LoadAsync()).IsUpToDate(_file, Plan).ShouldBeFalse();
    }

    [Fact]
    public async Task IsUpToDate_TargetOfALinkedSourceChanged_IsNot()
    {
        var target = _folder.Write("elsewhere/b.png");
        File.CreateSymbolicLink(_folder.File("in/b.png"), Path.Combine("..", "elsewhere", "b.png"));
        var file = _file with { Source = new SourceFile(_folder.File("in/b.png"), "a.png") };
        var manifest = await LoadAsync();
        manifest.Add(file, Plan, FileStamp.Of(file.Source.Path)!.Value);
        manifest.IsUpToDate(file, Plan).ShouldBeTrue();

        File.AppendAllText(target, "more");

        manifest.IsUpToDate(file, Plan).ShouldBeFalse();
    }

    [Fact]
    public async Task IsUpToDate_SourceReplacedByAnOlderOneOfTheSameLength_IsNot()
    {
        await SaveAsync();
        File.SetLastWriteTimeUtc(_file.Source.Path, File.GetLastWriteTimeUtc(_file.Source.Path).AddDays(-1));

        (await LoadAsync()).IsUpToDate(_file, Plan).ShouldBeFalse();
    }

    [Fact]
    public async Task IsUpToDate_OneOutputGone_IsNot()
    {
        await SaveAsync();
        File.Delete(_folder.File("out/large/a.png.jpg"));

        (await LoadAsync()).IsUpToDate(_file, Plan).ShouldBeFalse();
    }

    [Fact]
    public async Task IsUpToDate_OutputWrittenBySomethingElse_IsNot()
    {
        await SaveAsync();
        File.WriteAllText(_folder.File("out/large/a.png.jpg"), "something else");

        (await LoadAsync()).IsUpToDate(_file, Plan).ShouldBeFalse();
    }

    [Theory]
    [InlineData("{ broken")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"thumb/a.png.jpg\": null}")]
    public async Task LoadAsync_BrokenManifest_CountsAsEmpty(string content)
    {
        _folder.Write("out/" + OutputManifest.FileName, content);

        (await LoadAsync()).IsUpToDate(_file, Plan).ShouldBeFalse();
    }

    [Fact]
    public async Task SaveAsync_AnotherCommandSavedMeanwhile_KeepsItsEntries()
    {
        var other = new PlannedFile(new SourceFile(_folder.Write("in/b.jpg"), "b.jpg"), ["b.jpg"]);
        _folder.Write("out/b.jpg");
        var mine = await LoadAsync();
        var others = await LoadAsync();
        mine.Add(_file, Plan, FileStamp.Of(_file.Source.Path)!.Value);
        others.Add(other, Plan, FileStamp.Of(other.Source.Path)!.Value);

        await mine.SaveAsync(TestContext.Current.CancellationToken);
        await others.SaveAsync(TestContext.Current.CancellationToken);

        var loaded = await LoadAsync();
        loaded.IsUpToDate(_file, Plan).ShouldBeTrue();
        loaded.IsUpToDate(other, Plan).ShouldBeTrue();
    }

    private async Task<OutputManifest> SaveAsync()
    {
        var manifest = await LoadAsync();
        manifest.Add(_file, Plan, FileStamp.Of(_file.Source.Path)!.Value);
        await manifest.SaveAsync(TestContext.Current.CancellationToken);
        return manifest;
    }

    private Task<OutputManifest> LoadAsync() => OutputManifest.LoadAsync(_folder.File("out"), TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();
}
