namespace PixelPipeline.Events.Sources;

/// <summary><c>remote_ip</c>: the client's address, without a port.</summary>
internal sealed class RemoteIpSource() : ColumnSource("remote_ip")
{
    public override object? Read(scoped ref EventFacts facts) => EventFacts.Text(WithoutPort(facts.Entry.RemoteIp));

    /// <summary>The address of <c>203.0.113.7:41234</c> or <c>[2001:db8::1]:41234</c>; other texts stand as they are.</summary>
    private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> address)
    {
        if (address.StartsWith("["u8) && address.IndexOf((byte)']') is var end and > 0)
        {
            return address[1..end];
        }

        return address.Count((byte)':') == 1 ? address[..address.IndexOf((byte)':')] : address;
    }
}
