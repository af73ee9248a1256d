using System.Net;
using PixelPipeline.Signing;

namespace PixelPipeline.Events.Sources;

/// <summary>What sources need beside the entry.</summary>
public sealed record SourceOptions
{
    /// <summary>What <c>visitor</c> is made with; null for no visitors.</summary>
    public string? VisitorSecret { get; init; }

    /// <summary>How much of an address <c>remote_ip</c> holds.</summary>
    public AddressForm RemoteIp { get; init; }

    /// <summary>How hits are signed; null where nobody looks at signatures.</summary>
    public SigningRule? Signing { get; init; }

    /// <summary>The country of an address, ISO 3166-1 alpha-2, or null; null as a whole for no countries. Safe for concurrent use.</summary>
    public Func<IPAddress, string?>? CountryOf { get; init; }
}
