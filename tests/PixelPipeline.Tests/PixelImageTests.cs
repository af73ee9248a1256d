using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace PixelPipeline.Tests;

/// <summary>Decodes <c>pixel.png</c> by the PNG specification, not by a library that forgives.</summary>
public sealed class PixelImageTests
{
    private static readonly byte[] Png = ShippedFile.Read("pixel.png");

    [Test]
    public void Pixel_Size_IsUnderAHundredBytes() => Assert.That(Png, Has.Length.LessThan(100));

    [Test]
    public void Pixel_Signature_IsPng() => Assert.That(Png[..8], Is.EqualTo(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }));

    [Test]
    public void Pixel_Chunks_AreHeaderDataEndWithRightChecksums()
    {
        var chunks = Chunks();
        Assert.That(chunks.Select(c => c.Type), Is.EqualTo(["IHDR", "IDAT", "IEND"]));
        Assert.That(chunks.Select(c => c.StatedCrc), Is.EqualTo(chunks.Select(c => Crc([.. Encoding.ASCII.GetBytes(c.Type), .. c.Data]))));
    }

    [Test]
    public void Pixel_Header_SaysOneByOneGreyWithAlpha()
    {
        byte[] onePixel = [0, 0, 0, 1, 0, 0, 0, 1], eightBitGreyAlphaPlain = [8, 4, 0, 0, 0];
        Assert.That(Chunks()[0].Data, Is.EqualTo([.. onePixel, .. eightBitGreyAlphaPlain]));
    }

    [Test]
    public void Pixel_Decoded_IsFullyTransparent()
    {
        using var zlib = new ZLibStream(new MemoryStream(Chunks()[1].Data), CompressionMode.Decompress);
        var decoded = new MemoryStream();
        zlib.CopyTo(decoded);
        Assert.That(decoded.ToArray(), Is.EqualTo(new byte[] { 0 /* no filter */, 0 /* grey */, 0 /* alpha */ }));
    }

    private static List<(string Type, byte[] Data, uint StatedCrc)> Chunks()
    {
        var chunks = new List<(string, byte[], uint)>();
        for (var at = 8; at < Png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(Png.AsSpan(at));
            var end = at + 8 + length;
            chunks.Add((Encoding.ASCII.GetString(Png, at + 4, 4), Png[(at + 8)..end], BinaryPrimitives.ReadUInt32BigEndian(Png.AsSpan(end))));
            at = end + 4;
        }

        return chunks;
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320u;
            }
        }

        return ~crc;
    }
}
