using System.Collections;
using System.Net;
using System.Text;

namespace PixelPipeline.Countries.Tests;

/// <summary>
/// Writes small files in MaxMind's format: a tree over an address's 128 bits (IPv4 within <c>::/96</c>) with 24-bit
/// records, then the countries' entries, then the metadata.
/// </summary>
internal sealed class CountryDatabase
{
    private const int Nothing = -1;
    private const int SeparatorBytes = 16;

    private readonly List<int[]> _nodes = [[Nothing, Nothing]]; // a child: another node, Nothing, or ~offset of an entry
    private readonly List<byte> _data = [];

    /// <summary>Puts a network in a country; null for an entry that names none.</summary>
    public CountryDatabase Add(string network, string? country)
    {
        var parts = IPNetwork.Parse(network);
        var bytes = new byte[16];
        var address = parts.BaseAddress.GetAddressBytes();
        address.CopyTo(bytes, 16 - address.Length);
        var bits = new BitArray(bytes.Select(Reverse).ToArray());
        var length = parts.PrefixLength + ((16 - address.Length) * 8);
        var node = 0;
        for (var i = 0; i < length - 1; i++)
        {
            ref var next = ref _nodes[node][bits[i] ? 1 : 0];
            if (next == Nothing)
            {
                next = _nodes.Count;
                _nodes.Add([Nothing, Nothing]);
            }

            node = next;
        }

        _nodes[node][bits[length - 1] ? 1 : 0] = ~_data.Count - 1;
        WriteEntry(country);
        return this;
    }

    public void Save(string path)
    {
        var file = new List<byte>();
        foreach (var child in _nodes.SelectMany(n => n))
        {
            var record = child == Nothing ? _nodes.Count : child >= 0 ? child : _nodes.Count + SeparatorBytes + (~child - 1);
            WriteBytes(file, record, bytes: 3);
        }

        file.AddRange(new byte[SeparatorBytes]);
        file.AddRange(_data);
        file.AddRange([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        WriteMetadata(file);
        File.WriteAllBytes(path, [.. file]);
    }

    private void WriteEntry(string? country)
    {
        WriteMap(_data, 1);
        WriteText(_data, country is null ? "continent" : "country");
        WriteMap(_data, 1);
        WriteText(_data, country is null ? "code" : "iso_code");
        WriteText(_data, country ?? "EU");
    }

    private void WriteMetadata(List<byte> to)
    {
        WriteMap(to, 6);
        WriteText(to, "binary_format_major_version");
        WriteNumber(to, type: 5, 2, bytes: 2);
        WriteText(to, "binary_format_minor_version");
        WriteNumber(to, type: 5, 0, bytes: 2);
        WriteText(to, "database_type");
        WriteText(to, "Test-Country");
        WriteText(to, "ip_version");
        WriteNumber(to, type: 5, 6, bytes: 2);
        WriteText(to, "node_count");
        WriteNumber(to, type: 6, _nodes.Count, bytes: 4);
        WriteText(to, "record_size");
        WriteNumber(to, type: 5, 24, bytes: 2);
    }

    private static void WriteMap(List<byte> to, int pairs) => to.Add((byte)((7 << 5) | pairs));

    private static void WriteText(List<byte> to, string text)
    {
        to.Add((byte)((2 << 5) | text.Length)); // all are shorter than 29 bytes
        to.AddRange(Encoding.UTF8.GetBytes(text));
    }

    private static void WriteNumber(List<byte> to, int type, int value, int bytes)
    {
        to.Add((byte)((type << 5) | bytes));
        WriteBytes(to, value, bytes);
    }

    private static void WriteBytes(List<byte> to, int value, int bytes)
    {
        for (var i = bytes - 1; i >= 0; i--)
        {
            to.Add((byte)(value >> (8 * i)));
        }
    }

    private static byte Reverse(byte b) => (byte)(((b * 0x0202020202UL) & 0x010884422010UL) % 1023);
}
