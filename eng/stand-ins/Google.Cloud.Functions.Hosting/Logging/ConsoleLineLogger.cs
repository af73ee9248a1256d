using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>The logger of one category.</summary>
internal sealed class ConsoleLineLogger(string category, ConsoleLineProvider provider) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var message = formatter(state, exception);
        if (message.Length > 0 || exception is not null)
        {
            provider.Write(new LogLine(
                logLevel, category, message, exception, state as IEnumerable<KeyValuePair<string, object?>> ?? [], provider.Scopes));
        }
    }
}

/// <summary>One event, before it has the shape of a line.</summary>
internal sealed record LogLine(
    LogLevel Level,
    string Category,
    string Message,
    Exception? Exception,
    IEnumerable<KeyValuePair<string, object?>> Parameters,
    IExternalScopeProvider Scopes);
