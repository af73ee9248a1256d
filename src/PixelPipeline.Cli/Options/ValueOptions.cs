using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace PixelPipeline.Cli.Options;

/// <summary>Options by the kind of value that they take: a wrong one is told in words that name the option and what it may be.</summary>
internal static class ValueOptions
{
    public static Option<int> Number(string name, string helpName, int value, int least, int most, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => value,
        CustomParser = result => (int)(ReadNumber(result, name, least, most) ?? value),
    };

    /// <summary>A number that need not be given and has no default.</summary>
    public static Option<int?> OptionalNumber(string name, string helpName, int least, int most, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => (int?)ReadNumber(result, name, least, most),
    };

    /// <summary>A number that has to be given.</summary>
    public static Option<long> RequiredNumber(string name, string helpName, long least, long most, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Required = true,
        CustomParser = result => ReadNumber(result, name, least, most) ?? default,
    };

    /// <summary>A time such as <c>500ms</c>, <c>2s</c> or <c>1m</c>.</summary>
    public static Option<ShortTime> Duration(string name, TimeSpan value, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        DefaultValueFactory = _ => new ShortTime(value),
        CustomParser = result =>
        {
            if (!ShortTime.TryParse(result.Tokens[0].Value, out var time))
            {
                result.AddError($"{name} must be a time such as 500ms, 2s or 1m; a number alone is seconds.");
            }

            return time;
        },
    };

    /// <summary>Lets an option take these values only; its help shows them unless it has a word for them.</summary>
    public static void Choose(Option option, params IReadOnlyList<string> values)
    {
        option.HelpName ??= string.Join('|', values);
        option.CompletionSources.Add([.. values]);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !values.Contains(token.Value)))
            {
                result.AddError(Allowed(option.Name, values));
            }
        });
    }

    /// <summary>Lets an option take only texts of a kind.</summary>
    /// <param name="option">The option.</param>
    /// <param name="isOne">True for a text of the kind.</param>
    /// <param name="kind">In words: "--dataset must be KIND."</param>
    public static TOption Must<TOption>(TOption option, Func<string, bool> isOne, string kind)
        where TOption : Option
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !isOne(token.Value)))
            {
                result.AddError($"{option.Name} must be {kind}.");
            }
        });
        return option;
    }

    /// <summary>
    /// What an option was given, for a command's validators: they see what could not be read, too, and asking for its
    /// value would throw. Null where it was not given.
    /// </summary>
    public static string? TextIn(CommandResult result, Option option) => result.GetResult(option)?.Tokens is [var token] ? token.Value : null;

    /// <summary>Lets an option take no empty text.</summary>
    public static void RefuseEmpty(Option option) => option.Validators.Add(result => RefuseEmpty(result, option.Name));

    /// <summary>Lets an argument take no empty text.</summary>
    public static void RefuseEmpty(Argument argument) => argument.Validators.Add(result => RefuseEmpty(result, argument.Name));

    private static void RefuseEmpty(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        {
            result.AddError($"{name} is empty.");
        }
    }

    /// <summary>"--layout must be template or partitioned."</summary>
    public static string Allowed(string name, IReadOnlyList<string> values) =>
        $"{name} must be {string.Join(", ", values.SkipLast(1))} or {values[^1]}.";

    private static long? ReadNumber(ArgumentResult result, string name, long least, long most)
    {
        if (long.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        result.AddError($"{name} must be {least} to {most}.");
        return null;
    }
}
