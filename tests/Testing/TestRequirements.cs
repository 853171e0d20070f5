namespace Armature.Testing;

/// <summary>What tests need on the machine. Something that is missing fails the test and says how to get it.</summary>
public static class TestRequirements
{
    /// <summary>The path of a program on the PATH.</summary>
    /// <param name="program">Its file name.</param>
    /// <param name="install">The command that installs it.</param>
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public static string Program(string program, string install)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            var path = Path.Combine(folder, program);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new InvalidOperationException($"This test needs {program}, which is not on the PATH. Install it: {install}");
    }
}
