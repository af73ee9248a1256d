namespace PixelPipeline.Events.Sources;

/// <summary><c>visitor</c>: the same for all events of one client on one day (UTC), and for no others.</summary>
/// <param name="secret">What the days' keys are derived from; null for no visitors.</param>
internal sealed class VisitorSource(string? secret) : ColumnSource("visitor")
{
    private readonly VisitorHash? _hash = secret is null ? null : new VisitorHash(secret);

    public override object? Read(scoped ref EventFacts facts)
    {
        var address = ClientAddress.WithoutPort(facts.Entry.RemoteIp);
        return _hash is null || address.IsEmpty ? null : _hash.Of(facts.Entry.Timestamp.UnixDay, address, facts.Entry.UserAgent);
    }
}
