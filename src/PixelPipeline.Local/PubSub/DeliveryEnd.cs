namespace PixelPipeline.Local.PubSub;

/// <summary>How the delivery of a message ended.</summary>
internal enum DeliveryEnd
{
    /// <summary>The function has taken it.</summary>
    Acknowledged,

    /// <summary>It was given up and is safe among the dead letters.</summary>
    DeadLettered,

    /// <summary>Someone deleted its entry before it was delivered.</summary>
    Gone,
}
