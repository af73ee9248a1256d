namespace PixelPipeline.Events.Sources;

/// <summary><c>signature</c>: whether the hit's signature is <c>valid</c>, <c>invalid</c>, <c>missing</c> or <c>expired</c>; NULL where nobody looks.</summary>
internal sealed class SignatureSource() : ColumnSource("signature")
{
    public override object? Read(scoped ref EventFacts facts) => facts.Signature?.ToString().ToLowerInvariant();
}
