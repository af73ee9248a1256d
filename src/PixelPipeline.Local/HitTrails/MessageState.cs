namespace PixelPipeline.Local.HitTrails;

/// <summary>How far a message has come, as the subscription has saved it: at most a moment old.</summary>
/// <param name="IsTaken">The subscription has read the entry from the access log.</param>
/// <param name="IsWaiting">It was taken and is neither acknowledged nor given up.</param>
/// <param name="FailedAttempts">How often the function refused it so far.</param>
/// <param name="Backlog">Messages besides this one that wait.</param>
public sealed record MessageState(bool IsTaken, bool IsWaiting, int FailedAttempts, int Backlog);
