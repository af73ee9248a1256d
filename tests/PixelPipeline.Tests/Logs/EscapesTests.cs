using System.Text;
using PixelPipeline.Logs;

namespace PixelPipeline.Tests.Logs;

internal sealed class EscapesTests
{
    [TestCase("a%20b", "a b")]
    [TestCase("%zz%4", "%zz%4")]
    [TestCase("%4\0", "%4\0")] // which the number parsers of .NET overlook
    public void UndoPercents_Text_HasItsSequencesUndone(string text, string expected) =>
        Assert.That(Encoding.UTF8.GetString(Escapes.UndoPercents(Encoding.UTF8.GetBytes(text), new LineBuffer())), Is.EqualTo(expected));

    [TestCase("""a\"b\\c""", "a\"b\\c")]
    [TestCase("""\x41\xzz""", """A\xzz""")]
    [TestCase("\\x4\0", "\\x4\0")]
    public void UndoBackslashes_Text_HasItsEscapesUndone(string text, string expected) =>
        Assert.That(Encoding.UTF8.GetString(Escapes.UndoBackslashes(Encoding.UTF8.GetBytes(text), new LineBuffer())), Is.EqualTo(expected));
}
