using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Cli.Output;

namespace PixelPipeline.Cli.Tests.Output;

/// <summary>What the parts of the pipeline tell.</summary>
internal sealed class OneLineFormatterTests
{
    [Test]
    public void Write_Exception_IsOneLineWithoutItsTrace()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => throw new InvalidOperationException("refused\n  by \u001b[31mport 9050"))!;
        using var writer = new StringWriter();
        new OneLineFormatter().Write(new LogEntry<string>(LogLevel.Warning, "PixelPipeline.Writer", default, "Tried again", thrown, (text, _) => text), null, writer);
        Assert.That(writer.ToString(), Does.Match(@"^\d\d:\d\d:\d\d warn: Writer: Tried again \(InvalidOperationException: refused by \uFFFD\[31mport 9050\)\r?\n$"));
    }
}
