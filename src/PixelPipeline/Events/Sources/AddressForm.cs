namespace PixelPipeline.Events.Sources;

/// <summary>How much of a client's address a row keeps.</summary>
public enum AddressForm
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>Its network: <c>203.0.113.0</c> (the first 24 bits), <c>2001:db8:1::</c> (48 bits).</summary>
    Network,
}
