using System.Net;
using System.Net.Sockets;

namespace PixelPipeline.Events.Sources;

/// <summary>The client's address in a log entry.</summary>
internal static class ClientAddress
{
    private const int NetworkBytesOfIPv4 = 3;
    private const int NetworkBytesOfIPv6 = 6;

    /// <summary>The address of <c>203.0.113.7:41234</c> or <c>[2001:db8::1]:41234</c>; other texts stand as they are.</summary>
    public static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> address)
    {
        if (address.StartsWith("["u8) && address.IndexOf((byte)']') is var end and > 0)
        {
            return address[1..end];
        }

        return address.Count((byte)':') == 1 ? address[..address.IndexOf((byte)':')] : address;
    }

    /// <summary>Reads an address, with a port or without; an IPv4 address within an IPv6 one is that IPv4 address.</summary>
    /// <returns>Null where it is none.</returns>
    public static IPAddress? Parse(ReadOnlySpan<byte> address)
    {
        if (!IPAddress.TryParse(WithoutPort(address), out var parsed))
        {
            return null;
        }

        return parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
    }

    /// <summary>The network of an address, as its first address: the first 24 bits of an IPv4, 48 of an IPv6 address.</summary>
    public static IPAddress NetworkOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(address.AddressFamily == AddressFamily.InterNetwork ? NetworkBytesOfIPv4 : NetworkBytesOfIPv6).Clear();
        return new IPAddress(bytes);
    }
}
