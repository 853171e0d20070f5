using System.Text;

namespace Armature.Terminal;

/// <summary>A file on a full disk: nothing can be written.</summary>
internal sealed class FullWriter : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => throw new IOException("No space left on device");

    public override void Flush() => throw new IOException("No space left on device");
}
