using CsCheck;

namespace Armature.Validation;

/// <summary>Random rules of every kind, and objects that keep some of them.</summary>
internal static class RandomRules
{
    private static readonly Gen<Func<IFieldRules<Order, string?>, IFieldRules<Order, string?>>> GenRule = Gen.Select(Gen.Int[0, 8], Gen.Int[0, 4], (kind, number) => Make(kind, number));

    public static Gen<RuleSet<Order>> GenSet { get; } =
        from fields in Gen.Select(GenRule.Array[0, 4], Gen.Bool, Gen.Int[0, 3], (rules, stops, place) => (rules, stops, place)).Array[0, 6]
        select fields.Aggregate(RuleSet.For<Order>(), (set, field) => Add(set, field.rules, field.stops, field.place));

    public static Gen<Order> GenOrder { get; } =
        from texts in Gen.OneOf(Gen.Const((string?)null), Gen.String[Gen.Char['a', 'c'], 0, 4].Select(text => (string?)text)).Array[4]
        from amount in Gen.Int[0, 5]
        select new Order(texts[0], amount, texts[1]) { Tags = texts[2] is null ? null : [texts[2]!, texts[3] ?? ""], Previous = new(texts[3]) };

    private static Func<IFieldRules<Order, string?>, IFieldRules<Order, string?>> Make(int kind, int number) => kind switch
    {
        0 => f => f.NotEmpty(),
        1 => f => f.MinLength(number),
        2 => f => f.Must(text => text?.Length != number, $"not_{number}").Slow(),
        3 => f => f.MustAsync((text, _) => Task.FromResult(text?.Length != number), $"quick_{number}"),
        4 => f => f.MustAsync(
            async (text, _) =>
            {
                for (var i = 0; i < number; i++)
                {
                    await Task.Yield();
                }

                return text?.Length != number;
            },
            $"later_{number}"),
        5 => f => f.MustAsync((text, _) => text?.Length == number ? throw new InvalidOperationException() : Task.FromResult(true), $"throws_{number}"),
        6 => f => f.Must(text => text?.Length == number ? throw new InvalidOperationException() : true, $"throws_now_{number}"),
        7 => f => f.ReadAs<int>(read => read.MustAsync(async (value, _) =>
        {
            await Task.Yield();
            return value == number;
        })),
        _ => f => f.When(order => order.Amount > number),
    };

    private static RuleSet<Order> Add(RuleSet<Order> set, Func<IFieldRules<Order, string?>, IFieldRules<Order, string?>>[] rules, bool stops, int place)
    {
        return place switch
        {
            0 => set.Field(order => order.Email, AddAll),
            1 => set.Field(order => order.Password, AddAll),
            2 => set.Nested(order => order.Previous, RuleSet.For<Order>().Field(order => order.Email, AddAll)),
            _ => set.When(order => order.Amount > 2, some => some.Field(order => order.Repeated, AddAll)).Each(order => order.Tags, tag => tag.MinLength(1).MustAsync((text, _) => Task.FromResult(text!.Length > 1))),
        };

        void AddAll(IFieldRules<Order, string?> field)
        {
            field.Cascade(stops ? ValidationCascade.Stop : ValidationCascade.Continue);
            Array.ForEach(rules, rule => rule(field));
        }
    }
}
