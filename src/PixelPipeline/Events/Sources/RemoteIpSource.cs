namespace PixelPipeline.Events.Sources;

/// <summary><c>remote_ip</c>: the client's address without a port, whole or its network alone.</summary>
/// <param name="form">How much of it.</param>
internal sealed class RemoteIpSource(AddressForm form) : ColumnSource("remote_ip")
{
    public override object? Read(scoped ref EventFacts facts)
    {
        if (form == AddressForm.Whole)
        {
            return EventFacts.Text(ClientAddress.WithoutPort(facts.Entry.RemoteIp));
        }

        return ClientAddress.Parse(facts.Entry.RemoteIp) is { } address ? ClientAddress.NetworkOf(address).ToString() : null;
    }
}
