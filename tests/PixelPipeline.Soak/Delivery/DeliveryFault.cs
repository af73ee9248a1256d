namespace PixelPipeline.Soak.Delivery;

/// <summary>What the fault layer does to one delivery to the function.</summary>
internal enum DeliveryFault
{
    None,

    /// <summary>The message does not reach the function.</summary>
    NeverSent,

    /// <summary>Half of the request arrives, then the connection is reset.</summary>
    HalfSent,

    /// <summary>The connection ends while the function works on it.</summary>
    Aborted,

    /// <summary>The function's answer is lost: what it acknowledged comes again.</summary>
    AnswerLost,

    /// <summary>The message is delivered twice at once.</summary>
    Twice,

    /// <summary>It arrives late, after messages that were published later.</summary>
    Late,
}
