using System.IO.Compression;
using Acornima;
using PixelPipeline.PageScript.Tests.Support;

namespace PixelPipeline.PageScript.Tests;

internal sealed class ScriptFileTests
{
    private static readonly byte[] Bytes = File.ReadAllBytes(Site.ScriptFile);

    [Test]
    public void Script_Gzipped_IsAtMostTwoKilobytes()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Bytes);
        }

        Assert.That(compressed.Length, Is.LessThanOrEqualTo(2048));
    }

    [Test]
    public void Script_Syntax_IsThatOf2018()
    {
        var parser = new Parser(new ParserOptions { EcmaVersion = EcmaVersion.ES9 });
        Assert.That(() => parser.ParseScript(System.Text.Encoding.UTF8.GetString(Bytes)), Throws.Nothing);
    }
}
