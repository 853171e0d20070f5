namespace Armature.Terminal;

/// <summary>Shows nothing.</summary>
internal sealed class SilentProgressView : IProgressView
{
    public Task ShowAsync(string title, Func<IProgress<ProgressSnapshot>, Task> work) => work(new Progress<ProgressSnapshot>());
}
