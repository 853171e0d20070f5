namespace Armature.Terminal;

public sealed class UnfailingWriterTests
{
    [Fact]
    public void Write_WriterThatFails_IsPassedOver()
    {
        using var inner = new FullWriter();
        using var writer = new UnfailingWriter(inner);

        writer.Write('a');
        writer.Write("a");
        writer.WriteLine("a");
        writer.WriteLine();
        writer.Flush();
    }

    [Fact]
    public void Write_WriterThatWorks_GetsEverything()
    {
        using var inner = new StringWriter { NewLine = "\n" };
        using var writer = new UnfailingWriter(inner) { NewLine = "\n" };

        writer.Write('a');
        writer.Write("b");
        writer.WriteLine("c");
        writer.WriteLine();

        inner.ToString().ShouldBe("abc\n\n");
    }
}
