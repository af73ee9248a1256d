using System.Net;

namespace PixelPipeline.Events.Sources;

/// <summary><c>country</c>: where the client's address is registered, ISO 3166-1 alpha-2, such as <c>DE</c>.</summary>
/// <param name="countryOf">Looks an address up; null where the operator brings no database.</param>
internal sealed class CountrySource(Func<IPAddress, string?>? countryOf) : ColumnSource("country")
{
    public override object? Read(scoped ref EventFacts facts) =>
        countryOf is not null && ClientAddress.Parse(facts.Entry.RemoteIp) is { } address ? countryOf(address) : null;
}
