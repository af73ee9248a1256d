using System.Buffers;

namespace PixelPipeline.Logs.Formats;

/// <summary>The client's address, as formats write it.</summary>
internal static class AddressText
{
    private static readonly SearchValues<byte> V4 = SearchValues.Create("0123456789."u8);
    private static readonly SearchValues<byte> V6 = SearchValues.Create("0123456789abcdefABCDEF:."u8);
    private static readonly SearchValues<byte> Name = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"u8);

    /// <summary>True for what looks like an IPv4 or IPv6 address and like nothing else that stands in logs; not every such text is one.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> text)
    {
        if (text.Count((byte)':') >= 2)
        {
            return !text.ContainsAnyExcept(V6);
        }

        return text.Length is >= 7 and <= 15 && !text.ContainsAnyExcept(V4) && text.Count((byte)'.') == 3 && text[0] != '.' && text[^1] != '.';
    }

    /// <summary>An address of a format that always writes the port behind a colon, such as <c>203.0.113.7:1024</c> and <c>2001:db8::1:1024</c>, without it.</summary>
    public static ReadOnlySpan<byte> BeforePort(ReadOnlySpan<byte> text)
    {
        var colon = text.LastIndexOf((byte)':');
        text = colon < 0 ? text : text[..colon];
        return text is [(byte)'[', .., (byte)']'] ? text[1..^1] : text;
    }

    /// <summary>The first address of a list such as <c>203.0.113.9, 10.0.0.1</c>, as X-Forwarded-For has it; a hyphen is none.</summary>
    public static ReadOnlySpan<byte> FirstOf(ReadOnlySpan<byte> list)
    {
        var comma = list.IndexOf((byte)',');
        var first = (comma < 0 ? list : list[..comma]).Trim((byte)' ');
        return first.SequenceEqual("-"u8) ? default : first;
    }

    /// <summary>An IPv4 address as sockets for both families write it, <c>::ffff:203.0.113.7</c>, as the address it is.</summary>
    public static ReadOnlySpan<byte> Unmapped(ReadOnlySpan<byte> text) =>
        text.StartsWith("::ffff:"u8) && text.Contains((byte)'.') ? text["::ffff:"u8.Length..] : text;

    /// <summary>
    /// Finds the address before identity, user and time of a combined line: at its start, in quotes, first of a list, or
    /// behind a virtual host's name, a syslog header or the name of a container. A name in its place is a client's name.
    /// </summary>
    /// <param name="head">What stands before the time's bracket, such as <c>203.0.113.7 - frank</c>.</param>
    /// <param name="address">The address; empty where the line has a hyphen for it.</param>
    /// <returns>False where none of these is there: what stands there is no client's address.</returns>
    public static bool TryFind(ReadOnlySpan<byte> head, out ReadOnlySpan<byte> address)
    {
        var rest = SkipPrefix(head);
        address = LineFields.Cut(ref rest, (byte)' ');
        if (IsAddressOrNone(ref address))
        {
            return true;
        }

        var first = address;
        var second = LineFields.Cut(ref rest, (byte)' ');
        if (IsAddressOrNone(ref second) && !second.IsEmpty)
        {
            address = second; // behind a virtual host
            return true;
        }

        return second.IsEmpty && IsHostName(first);
    }

    // A hyphen, or an address in quotes or before a comma, becomes what it stands for.
    private static bool IsAddressOrNone(ref ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd((byte)',').Trim((byte)'"');
        if (!text.SequenceEqual("-"u8))
        {
            return IsAddress(text);
        }

        text = default;
        return true;
    }

    private static bool IsHostName(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !text.ContainsAnyExcept(Name) && text.ContainsAnyInRange((byte)'a', (byte)'z');

    // "<190>Nov 27 21:58:47 web1 nginx: " and "2026-11-27T21:58:47+00:00 web1 nginx[7]: " end with the program's name; "web-1  | " with a bar.
    private static ReadOnlySpan<byte> SkipPrefix(ReadOnlySpan<byte> head)
    {
        var isSyslog = head[..Math.Min(head.Length, 1)].SequenceEqual("<"u8) || (head.Length > 3 && head[3] == ' ' && CivilTime.MonthOf(head) > 0) || head.IndexOf((byte)'T') == 10;
        var mark = isSyslog ? ": "u8 : " | "u8;
        var end = head.IndexOf(mark);
        return end < 0 ? head : head[(end + mark.Length)..];
    }
}
