namespace Armature.Terminal;

public sealed class StandardOutputTests
{
    [Fact]
    public void Write_OutputThatCannotBeWritten_SaysThatTheWorkIsDone()
    {
        using var full = new FullWriter();
        using var output = new StandardOutput(full);

        Should.Throw<IOException>(() => output.WriteLine("done")).Message
            .ShouldBe("What was done cannot be told, for standard output cannot be written: No space left on device");
    }
}
